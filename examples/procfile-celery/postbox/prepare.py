from .store import DATABASE, prepare

if __name__ == "__main__":
    prepare()
    print(f"{DATABASE.name} is ready")
