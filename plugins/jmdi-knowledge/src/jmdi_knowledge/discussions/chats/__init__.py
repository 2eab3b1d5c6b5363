"""Chats and forums as their programs export them."""
