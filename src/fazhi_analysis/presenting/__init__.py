"""Tables, charts, prose, HTML theme and fonts."""
