"""Tests of the house's rules. CFEE_BUILD names the build folder (default: build/ in the checkout)."""

import pytest

import house


@pytest.fixture(scope="session")
def binary():
    if not house.BINARY.is_file():
        pytest.fail(
            f"{house.BINARY} is missing: build it (cmake -S . -B build && cmake --build build), "
            "or name another build folder in CFEE_BUILD"
        )
    return house.BINARY


@pytest.fixture(scope="session")
def build(binary):
    return binary.parent.parent
