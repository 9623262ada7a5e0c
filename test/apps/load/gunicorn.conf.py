threads = 16
