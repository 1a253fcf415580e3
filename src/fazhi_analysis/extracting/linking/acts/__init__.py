"""What was done: several acts in one number, acts that figures share, by which means, and in whose meetings."""
