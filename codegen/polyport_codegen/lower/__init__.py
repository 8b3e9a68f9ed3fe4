"""What every language needs and none decides by itself: names, layout, and the shapes of calls."""
