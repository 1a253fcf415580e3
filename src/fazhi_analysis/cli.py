"""The command line ``fazhi``: thin, every command calls the library."""
