"""Questions that an analyst asks: what changed, is it real, how do we stand, what is wrong, was it kept."""
