"""Parts that several pages share: the frame, how a compared figure is worded, tables on their own."""
