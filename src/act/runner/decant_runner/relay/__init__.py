"""Serves a release's socket for a program that only has a TCP server of its own."""
