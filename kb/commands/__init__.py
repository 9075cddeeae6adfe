"""The commands of `kb`, one module each: a `click.Command` named `command`, about ten lines that only talk."""
