"""Libraries under every fault that is known agree in the end: a few of the seeds of `tools.simulate_devices`."""

from pathlib import Path

import pytest
from tools.simulate_devices import DisagreementError, Simulation

from newsreader.devices.exchange import Exchange


@pytest.mark.parametrize("seed", range(20))
def test_libraries_agree_and_nothing_is_lost_or_doubled(tmp_path: Path, seed: int) -> None:
    simulation = Simulation(seed, tmp_path)
    simulation.run()
    assert simulation.done["change"] > 0


def test_the_same_seed_does_the_same(tmp_path: Path) -> None:
    done: list[object] = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        simulation = Simulation(3, tmp_path / name, steps=25)
        simulation.run()
        done.append((simulation.done, simulation.changes))
    assert done[0] == done[1]


def test_a_record_that_is_not_sent_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Exchange, "_send", lambda _: 0)
    with pytest.raises(DisagreementError):
        Simulation(0, tmp_path, steps=25).run()
