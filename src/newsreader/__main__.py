"""`python -m newsreader`, and the console script."""

from newsreader.cli.main import main

if __name__ == "__main__":
    main()
