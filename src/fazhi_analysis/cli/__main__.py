"""``python -m fazhi_analysis.cli``: the same as ``fazhi``, where the script is not on the path."""

from fazhi_analysis.cli import main

if __name__ == "__main__":
    main(prog_name="fazhi")
