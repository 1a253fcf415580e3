"""What a revised report changed: figures and statements of two versions, paired and compared."""
