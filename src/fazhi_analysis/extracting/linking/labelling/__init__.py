"""What each figure is called."""
