"""What ``fazhi`` and ``python -m fazhi_analysis.cli`` start: the command line in a process of its own."""

from fazhi_analysis.cli import main
from fazhi_analysis.cli.shared import OWN_PROCESS


def run() -> None:
    """Start the command line, and tell it that nothing else lives in this process."""
    main(prog_name="fazhi", obj=OWN_PROCESS)


if __name__ == "__main__":
    run()
