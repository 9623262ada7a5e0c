PRICES = {"tea": 240, "coffee": 310}


def discounted(price: int) -> int:
    return price * 9 // 10
