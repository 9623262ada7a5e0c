"""The local supervisor: holds the address, keeps processes and the front alive, rotates logs. No HTTP."""
