"""How fast hosts may be asked: paces, published limits, waits that servers ask for, robots.txt. Pure."""
