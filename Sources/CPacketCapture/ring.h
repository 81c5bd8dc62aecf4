/// What a capture is made of.
#pragma once
#include "CPacketCapture.h"

struct hkcap {
    int socket;
    int interface;
    uint8_t *ring;
    hkcap_size size;
    hkcap_counts counts;
    bool stopped;
    /// The block that is read next, or now.
    uint32_t block;
    /// Packets of it that were not read yet, and where the next one lies in it.
    uint32_t left;
    uint32_t offset;
    /// The block was handed over and has to be given back.
    bool holds_block;
    /// Everything was read.
    bool ended;
};

static inline size_t hkcap_ring_bytes(hkcap_size size) { return (size_t)size.block_size * size.blocks; }

/// Notes which call failed, and with what.
int hkcap_failed(hkcap_error *error, const char *call, int code);
