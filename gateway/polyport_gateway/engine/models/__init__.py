"""Model files: which models are known (`catalog`), where they lie (`store`), and how they get there (`pull`)."""
