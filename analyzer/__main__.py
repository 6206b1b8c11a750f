"""``python -m analyzer`` is ``fromcheck``."""

from analyzer.cli import main

if __name__ == "__main__":
    main(prog_name="fromcheck")
