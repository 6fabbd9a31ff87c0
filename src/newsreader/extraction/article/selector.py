"""Which fragments belong to the article: what was cut off is restored, what does not belong is dropped."""

from collections.abc import Callable, Collection, Mapping

from newsreader.extraction.article.below_title import keep_below_title
from newsreader.extraction.article.boxes_beside import keep_boxes_beside
from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.drops import (
    drop_by_kind,
    drop_bylines,
    drop_dead_sections,
    drop_embed_notices,
    drop_lists,
    drop_missing_from_json_ld,
    drop_offers,
    drop_polls,
)
from newsreader.extraction.article.ends import drop_open_labels, trim_edges, trim_head, trim_tail
from newsreader.extraction.article.lead import find_lead
from newsreader.extraction.article.letter_sizes import drop_letter_sizes
from newsreader.extraction.article.like_headings import keep_like_headings
from newsreader.extraction.article.next_story import drop_next_story
from newsreader.extraction.article.promotions import drop_promotions
from newsreader.extraction.article.recovery import keep_pruned
from newsreader.extraction.article.regions import better_region, frame_of, region_of
from newsreader.extraction.article.repetitions import (
    drop_pull_quotes,
    drop_repeated_calls,
    drop_repetitions,
    drop_second_printing,
)
from newsreader.extraction.article.section_headings import is_teaser
from newsreader.extraction.article.sign_ups import drop_sign_ups
from newsreader.extraction.article.site_boxes import drop_about_site, drop_readings
from newsreader.extraction.article.teasers_below import drop_teasers_below
from newsreader.extraction.article.whole_lists import keep_rest_of_lists


def choose(choice: Choice, without: Collection[str] = frozenset()) -> None:
    """Mark the article's fragments as kept and the lead's as lead, without the steps that are left out."""
    for fragment in choice.fragments:
        fragment.kept = fragment.located >= 0.5
    region = region_of(choice.fragments, choice.paths)
    better = better_region(choice.document, choice.fragments, choice.paths, choice.clues)
    if better is not None and "another region" not in without:
        region = better
        for fragment in choice.fragments:
            is_inside = region in choice.paths.of(fragment) and fragment.is_prose
            fragment.kept = is_inside and not is_teaser(fragment, choice.fragments, choice.document)
    if region is None:
        return
    choice.region = region
    choice.frame = frame_of(region)
    for name, step in STEPS.items():
        if name not in without:
            step(choice)


STEPS: Mapping[str, Callable[[Choice], None]] = {
    "boxes beside": keep_boxes_beside,
    "recover": keep_pruned,
    "below the title": keep_below_title,
    "next story": drop_next_story,
    "lists": drop_lists,
    "kind": drop_by_kind,
    "embedded posts": drop_embed_notices,
    "offers": drop_offers,
    "polls": drop_polls,
    "promotions": drop_promotions,
    "lead": find_lead,
    "second printing": drop_second_printing,
    "repetitions": drop_repetitions,
    "pull quotes": drop_pull_quotes,
    "JSON-LD": drop_missing_from_json_ld,
    "head": trim_head,
    "byline": drop_bylines,
    "dead sections": drop_dead_sections,
    "teasers below": drop_teasers_below,
    "readings": drop_readings,
    "about the site": drop_about_site,
    "edges": trim_edges,
    "rest of lists": keep_rest_of_lists,
    "sign-ups": drop_sign_ups,
    "letter sizes": drop_letter_sizes,
    "repeated calls": drop_repeated_calls,
    "like headings": keep_like_headings,
    "open labels": drop_open_labels,
    "tail": trim_tail,
}
REFUSALS = frozenset(STEPS) - {"boxes beside", "recover", "below the title", "lead", "rest of lists", "like headings"}
"""The steps that drop fragments."""
