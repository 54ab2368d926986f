"""The device that the user has chosen is the one that is used, and what is not there is not offered."""

from __future__ import annotations

import ctypes.util

import numpy as np
import pytest
import torch

from photoclust.core.errors import UserError
from photoclust.workflows.devices import cuda_can_be_used
from photoclust.workflows.networks import Networks


def test_without_a_driver_torch_is_not_even_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert not cuda_can_be_used()


@pytest.mark.parametrize("there", [True, False])
def test_with_a_driver_torch_says_whether_it_can_use_it(monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: "libcuda.so.1")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: there)
    assert cuda_can_be_used() == there


def test_a_device_that_was_chosen_and_is_gone_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(UserError, match="No CUDA device"):
        Networks(device="cuda").analyse([np.zeros((64, 64, 3), np.uint8)])


def test_beside_a_window_a_core_is_left_and_the_processor_is_taken_when_it_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    monkeypatch.setattr(torch, "set_num_threads", threads.append)
    monkeypatch.setattr("os.cpu_count", lambda: 6)
    networks = Networks(device="cpu", beside_window=True)
    assert networks.analyse([np.zeros((64, 64, 3), np.uint8)]) == [[]]
    assert networks.device == "CPU"
    assert threads[0] == 5
