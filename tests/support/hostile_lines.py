"""Lines that are no JSON as the format allows it."""

BAD_LINES = {
    "not JSON": b"{kind: actor}",
    "cut off": b'{"kind":"actor","id":"a',
    "two values": b'{"kind":"actor","id":"a"} {}',
    "duplicate member": b'{"kind":"actor","id":"a","id":"b"}',
    "duplicate below": b'{"kind":"actor","id":"a","x":[{"y":1,"y":1}]}',
    "NaN": b'{"kind":"actor","id":"a","x":NaN}',
    "Infinity": b'{"kind":"actor","id":"a","x":-Infinity}',
    "huge exponent": b'{"kind":"actor","id":"a","x":1e99999999999999999999}',
    "huge integer": b'{"kind":"actor","id":"a","x":' + b"9" * 5000 + b"}",
    "half a surrogate": b'{"kind":"actor","id":"a","x":"\\ud800"}',
    "half in a name": b'{"kind":"actor","id":"a","\\udc00":1}',
    "not UTF-8": b'{"kind":"actor","id":"\xff"}',
    "overlong": b'{"kind":"actor","id":"\xc0\xaf"}',
    "raw surrogate": b'{"kind":"actor","id":"\xed\xa0\x80"}',
    "control character": b'{"kind":"actor","id":"a\x01"}',
    "deep arrays": b'{"kind":"actor","id":"a","x":' + b"[" * 100_000,
    "deep objects": b'{"x":' * 100_000,
    "nul": b"\x00\x00\x00",
    "single quotes": b"{'kind':'actor'}",
    "BOM within": b'\xef\xbb\xbf{"kind":"actor","id":"a"}',
}
