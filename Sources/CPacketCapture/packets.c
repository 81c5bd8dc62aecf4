#include "ring.h"

#include <errno.h>
#include <linux/if_packet.h>

static struct tpacket_block_desc *current_block(const hkcap *capture) {
    return (struct tpacket_block_desc *)(capture->ring + (size_t)capture->block * capture->size.block_size);
}

static void give_back(hkcap *capture) {
    struct tpacket_hdr_v1 *head = &current_block(capture)->hdr.bh1;
    // So that a block the kernel is filling can be told from one that it has not begun.
    head->num_pkts = 0;
    __atomic_store_n(&head->block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    capture->holds_block = false;
    capture->block = (capture->block + 1) % capture->size.blocks;
}

/// Says whether there is another block with packets in it, and stands at its first one.
static bool enter_block(hkcap *capture) {
    struct tpacket_hdr_v1 *head = &current_block(capture)->hdr.bh1;
    bool is_ours = (__atomic_load_n(&head->block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER) != 0;
    if (!is_ours) {
        if (!capture->stopped) return false;
        // The block that was being filled when the capture was stopped. Nobody writes to it any more.
        capture->ended = true;
    }
    capture->holds_block = is_ours;
    capture->left = head->num_pkts;
    capture->offset = head->offset_to_first_pkt;
    return true;
}

static int take(hkcap *capture, hkcap_packet *packet, hkcap_error *error) {
    const uint32_t end = capture->size.block_size;
    if (capture->offset > end - sizeof(struct tpacket3_hdr)) return hkcap_failed(error, "ring", EPROTO);
    const uint8_t *place = (const uint8_t *)current_block(capture) + capture->offset;
    const struct tpacket3_hdr *header = (const struct tpacket3_hdr *)place;
    uint64_t last = (uint64_t)capture->offset + header->tp_mac + header->tp_snaplen;
    if (last > end) return hkcap_failed(error, "ring", EPROTO);
    *packet = (hkcap_packet){
        .bytes = place + header->tp_mac,
        .captured = header->tp_snaplen,
        .length = header->tp_len,
        .seconds = header->tp_sec,
        .nanoseconds = header->tp_nsec,
    };
    capture->left--;
    if (capture->left == 0) return 1;
    if (header->tp_next_offset == 0 || header->tp_next_offset > end) return hkcap_failed(error, "ring", EPROTO);
    capture->offset += header->tp_next_offset;
    return 1;
}

int hkcap_next(hkcap *capture, hkcap_packet *packet, hkcap_error *error) {
    // A block that was handed over has a packet at least; should one have none, the next is looked at, each once.
    for (uint32_t turns = 0; turns <= capture->size.blocks; turns++) {
        if (capture->left > 0) return take(capture, packet, error);
        if (capture->holds_block) give_back(capture);
        if (capture->ended || !enter_block(capture)) return 0;
    }
    return 0;
}
