"""Engines that several families share."""
