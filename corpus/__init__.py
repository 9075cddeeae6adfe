"""Reports that the project ships, and the typesetter that set them."""
