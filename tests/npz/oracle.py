"""Writes files as numpy writes them into the folder given, and prints what is in them; and reads the file that ibtop's tests wrote."""
import io
import itertools
import json
import os
import sys
import warnings
import zipfile

import numpy as np

warnings.simplefilter('ignore')

folder = sys.argv[1]
shapes = [(), (5,), (2, 3), (3, 2, 4), (1, 7), (4, 1), (0, 3), (2, 1, 3, 2)]
rng = np.random.default_rng(1)


def numbers(kind, shape):
    """Ordinary and extreme values of a type, mixed."""
    count = int(np.prod(shape))
    dtype = np.dtype(kind)
    if dtype.kind == 'f':
        info = np.finfo(dtype)
        extremes = [np.nan, np.inf, -np.inf, -0.0, info.max, info.min, info.tiny, info.tiny / 4, 1 / 3]
    elif dtype.kind == 'b':
        extremes = [True, False]
    else:
        info = np.iinfo(dtype)
        extremes = [max(info.min, -(2 ** 53)), min(info.max, 2 ** 53 - 1), 0, 1, min(info.max, 2 ** 32 + 5)]
    values = np.array(extremes, dtype=dtype)[rng.integers(0, len(extremes), count)]
    if dtype.kind == 'f':
        values = np.where(rng.random(count) < 0.5, rng.normal(size=count), values).astype(dtype)
    return values.reshape(shape)


def describe(arrays):
    kinds = {'float16': 'float32', 'float32': 'float32', 'float64': 'float64'}
    return [{
        'name': name,
        'shape': list(array.shape),
        'kind': kinds.get(array.dtype.newbyteorder('=').name, 'integer'),
        'values': [repr(value) for value in array.astype(np.float64 if array.dtype.kind == 'f' else object).ravel(order='C').tolist()],
    } for name, array in arrays.items()]


def path(name):
    return os.path.join(folder, name)


good = []
for kind, endian, packed in itertools.product(['f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'b1'], '<>', [False, True]):
    dtype = np.dtype(endian + kind)
    arrays = {}
    for shape in shapes:
        values = numbers(kind, shape).astype(dtype)
        arrays['C' + str(shape)] = np.ascontiguousarray(values).reshape(shape)
        arrays['F' + str(shape)] = np.asfortranarray(values).reshape(shape, order='F')
    file = f'{kind}-{"little" if endian == "<" else "big"}-{"packed" if packed else "plain"}.npz'
    (np.savez_compressed if packed else np.savez)(path(file), **arrays)
    good.append({'file': file, 'arrays': describe(arrays)})

plain = {'act/h1': np.arange(12, dtype=np.float32).reshape(4, 3), 'größe 層': np.arange(3.0), 'y': np.arange(4) % 2 == 0}


class Pipe(io.RawIOBase):
    """Takes bytes and cannot go back, as a pipe."""

    def __init__(self, name):
        self.file = open(name, 'wb')

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)

    def close(self):
        self.file.close()


for packed in [False, True]:
    pipe = Pipe(path(f'pipe-{packed}.npz'))
    (np.savez_compressed if packed else np.savez)(pipe, **plain)
    pipe.close()
    good.append({'file': f'pipe-{packed}.npz', 'arrays': describe(plain)})

for version in [(1, 0), (2, 0), (3, 0)]:
    file = f'version-{version[0]}.npz'
    with zipfile.ZipFile(path(file), 'w') as archive:
        for name, array in plain.items():
            data = io.BytesIO()
            np.lib.format.write_array(data, array, version=version)
            archive.writestr(name + '.npy', data.getvalue())
    good.append({'file': file, 'arrays': describe(plain)})

np.savez(path('added.npz'), plain['y'])
with zipfile.ZipFile(path('added.npz'), 'a') as archive, archive.open('later.npy', 'w') as member:
    np.lib.format.write_array(member, plain['act/h1'])
good.append({'file': 'added.npz', 'arrays': describe({'arr_0': plain['y'], 'later': plain['act/h1']})})

# As for files of many gigabytes: with these limits low, every number goes to its zip64 place.
zipfile.ZIP64_LIMIT = 10
zipfile.ZIP_FILECOUNT_LIMIT = 1
np.savez(path('wide.npz'), **plain)
assert open(path('wide.npz'), 'rb').read().count(b'PK\x06\x06') == 1
good.append({'file': 'wide.npz', 'arrays': describe(plain)})

bad = {
    'objects': np.array([[1], [2, 3]], dtype=object),
    'fields': np.zeros(2, dtype=[('x', 'f4'), ('y\x1b[31m', 'i4', (2,)), ("it's", [('z', 'u1')])]),
    'many fields': np.zeros(2, dtype=[(f'field{index}', 'f4') for index in range(9)]),
    'thousands of fields': np.zeros(1, dtype=[(f'field{index}', 'f4') for index in range(5000)]),
    'complex': np.array([1j]),
    'text': np.array(['a', 'bcd']),
    'bytes': np.array([b'ab']),
    'dates': np.array(['2026-11-20'], dtype='datetime64[D]'),
    'spans': np.array([1], dtype='timedelta64[ns]'),
    'raw bytes': np.zeros(3, dtype='V2'),
    'a large integer': np.array([1, 2 ** 53 + 1]),
    'a large negative integer': np.array([-(2 ** 53) - 1]),
    'a huge unsigned integer': np.array([2 ** 64 - 1], dtype='u8'),
}
if np.dtype('longdouble').itemsize > 8:
    bad['long doubles'] = np.zeros(2, dtype='longdouble')
np.savez(path('bad.npz'), **bad)

answer = {'good': good, 'bad': list(bad)}
if os.path.exists(path('ours.npz')):
    with np.load(path('ours.npz')) as archive:
        assert zipfile.ZipFile(path('ours.npz')).testzip() is None
        answer['ours'] = [{**entry, 'dtype': archive[entry['name']].dtype.str} for entry in describe(archive)]
print(json.dumps(answer))
