"""One module for each command of the runner: `main(options)` gives the exit status."""
