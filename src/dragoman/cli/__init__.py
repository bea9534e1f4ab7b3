"""The command line. `main` is what the command `dragoman` runs."""


def main() -> None:
    """Run the command line and exit: 0 done, 1 done but for some documents, 2 bad input or use, 130 stopped by Ctrl-C."""
    from dragoman.cli.app import app

    app(prog_name="dragoman")
