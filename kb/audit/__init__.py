"""Does the report hold together? Its claims are recomputed from its own tables; `rules` has every rule."""
