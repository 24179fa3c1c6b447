"""What course.py does; nothing here needs more than Python itself."""
