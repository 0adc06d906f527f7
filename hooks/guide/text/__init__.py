"""How do we speak to people? Problems with place and remedy, French typography, the words of commands."""
