"""The only executor: runs plans, and keeps processes."""
