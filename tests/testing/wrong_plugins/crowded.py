"""Wrong: loads many modules when it is imported."""

import asyncio
import http.server
import logging.config
import sqlite3
import unittest.mock
import xmlrpc.client

JMDI_API = 1
USED = (asyncio, http, logging, sqlite3, unittest, xmlrpc)
