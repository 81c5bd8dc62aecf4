#if defined(__linux__) && defined(__x86_64__)
#define _GNU_SOURCE
#include "vdso_image.h"

#include "trace.h"
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    page_size = 4096,
    most_bytes = 16 * page_size,
    most_symbols = 256,
    most_entries = 64,
};

uint64_t vdso_address(int32_t pid) {
    char path[64];
    Elf64_auxv_t entries[most_entries];
    snprintf(path, sizeof path, "/proc/%d/auxv", pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t length = read(file, entries, sizeof entries);
    close(file);
    for (ssize_t i = 0; i < length / (ssize_t)sizeof *entries; i++)
        if (entries[i].a_type == AT_SYSINFO_EHDR) return entries[i].a_un.a_val;
    return 0;
}

/// The mapped bytes from the vDSO's beginning on, page by page until one is missing.
static size_t read_image(int32_t pid, uint64_t base, unsigned char *bytes) {
    size_t size = 0;
    while (size < most_bytes && memory_read(pid, base + size, bytes + size, page_size)) size += page_size;
    return size;
}

/// A part of the image, or NULL when it does not lie in it whole.
static const void *part(const unsigned char *bytes, size_t size, uint64_t offset, uint64_t length) {
    return offset <= size && length <= size - offset ? bytes + offset : NULL;
}

/// The offsets of the dynamic symbols and of their names.
struct symbols {
    uint64_t entries;
    uint64_t names;
};

/// Addresses in the dynamic section are relative to where the image is linked to be, which is 0 but was another once;
/// the first loaded segment tells.
static bool find_symbols(const unsigned char *bytes, size_t size, struct symbols *symbols, uint64_t *link_base) {
    const Elf64_Ehdr *header = part(bytes, size, 0, sizeof *header);
    if (header == NULL || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return false;
    const Elf64_Phdr *segments = part(bytes, size, header->e_phoff, (uint64_t)header->e_phnum * sizeof *segments);
    const Elf64_Dyn *dynamic = NULL;
    uint64_t count = 0;
    for (int i = 0; segments != NULL && i < header->e_phnum; i++) {
        if (segments[i].p_type == PT_LOAD && segments[i].p_offset == 0) *link_base = segments[i].p_vaddr;
        if (segments[i].p_type != PT_DYNAMIC) continue;
        dynamic = part(bytes, size, segments[i].p_offset, segments[i].p_filesz);
        count = segments[i].p_filesz / sizeof *dynamic;
    }
    for (uint64_t i = 0; dynamic != NULL && i < count && dynamic[i].d_tag != DT_NULL; i++) {
        if (dynamic[i].d_tag == DT_SYMTAB) symbols->entries = dynamic[i].d_un.d_ptr - *link_base;
        if (dynamic[i].d_tag == DT_STRTAB) symbols->names = dynamic[i].d_un.d_ptr - *link_base;
    }
    return symbols->entries != 0 && symbols->names != 0;
}

static bool has_name(const unsigned char *bytes, size_t size, uint64_t offset, const char *name) {
    const char *found = part(bytes, size, offset, strlen(name) + 1);
    return found != NULL && memcmp(found, name, strlen(name) + 1) == 0;
}

/// Goes through the symbols until one does not lie in the image: how many there are is told in ways that changed over
/// time.
static void find_functions(const unsigned char *bytes, size_t size, const struct symbols *symbols, uint64_t link_base,
                           struct vdso_image *image) {
    for (uint64_t i = 1; i < most_symbols; i++) {
        uint64_t offset = symbols->entries + i * sizeof(Elf64_Sym);
        const Elf64_Sym *symbol = part(bytes, size, offset, sizeof *symbol);
        // The names follow the symbols in every vDSO there has been.
        if (symbol == NULL || (symbols->names > symbols->entries && offset >= symbols->names)) return;
        if (ELF64_ST_TYPE(symbol->st_info) != STT_FUNC || symbol->st_value - link_base >= size) continue;
        uint64_t name = symbols->names + symbol->st_name, address = image->base + symbol->st_value - link_base;
        if (has_name(bytes, size, name, "__vdso_clock_gettime")) image->clock_gettime = address;
        if (has_name(bytes, size, name, "__vdso_gettimeofday")) image->gettimeofday = address;
        if (has_name(bytes, size, name, "__vdso_time")) image->time = address;
    }
}

bool vdso_image_read(int32_t pid, struct vdso_image *image) {
    static unsigned char bytes[most_bytes];
    *image = (struct vdso_image){.base = vdso_address(pid)};
    if (image->base == 0) return false;
    size_t size = read_image(pid, image->base, bytes);
    struct symbols symbols = {0};
    uint64_t link_base = 0;
    if (!find_symbols(bytes, size, &symbols, &link_base)) return false;
    find_functions(bytes, size, &symbols, link_base, image);
    static const unsigned char gate[] = {0x0f, 0x05};
    const unsigned char *found = memmem(bytes, size, gate, sizeof gate);
    if (found != NULL) image->call_gate = image->base + (uint64_t)(found - bytes);
    return image->clock_gettime != 0 && image->call_gate != 0;
}
#endif
