"""Theme, colours, icons and the language of Qt's own words."""
