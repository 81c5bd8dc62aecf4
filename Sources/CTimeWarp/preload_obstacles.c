#define _GNU_SOURCE
#include "preload_engine.h"

#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// What a program's file says about whether the dynamic loader runs before it and loads the clock's library. The file is
// the program's own: every length in it is checked.

enum { most_segments = 64, most_note_bytes = 4096 };

struct program_file {
    int descriptor;
    Elf64_Ehdr header;
    Elf64_Phdr segments[most_segments];
    size_t segment_count;
};

static bool is_elf(const struct program_file *file) {
    return memcmp(file->header.e_ident, ELFMAG, SELFMAG) == 0;
}

static bool open_file(int32_t pid, struct program_file *file) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/exe", pid);
    *file = (struct program_file){.descriptor = open(path, O_RDONLY | O_CLOEXEC)};
    if (file->descriptor < 0) return false;
    ssize_t length = pread(file->descriptor, &file->header, sizeof file->header, 0);
    if (length < (ssize_t)sizeof file->header || !is_elf(file)) {
        close(file->descriptor);
        return false;
    }
    if (file->header.e_ident[EI_CLASS] != ELFCLASS64 || file->header.e_phentsize != sizeof(Elf64_Phdr)) return true;
    size_t count = file->header.e_phnum < most_segments ? file->header.e_phnum : most_segments;
    length = pread(file->descriptor, file->segments, count * sizeof *file->segments, (off_t)file->header.e_phoff);
    file->segment_count = length > 0 ? (size_t)length / sizeof *file->segments : 0;
    return true;
}

/// The dynamic loader that the program asks for; empty for a static one.
static void read_loader(const struct program_file *file, char *loader, size_t size) {
    loader[0] = 0;
    for (size_t i = 0; i < file->segment_count; i++) {
        if (file->segments[i].p_type != PT_INTERP) continue;
        size_t wanted = file->segments[i].p_filesz < size - 1 ? file->segments[i].p_filesz : size - 1;
        ssize_t length = pread(file->descriptor, loader, wanted, (off_t)file->segments[i].p_offset);
        loader[length > 0 ? length : 0] = 0;
    }
}

static void read_name(int32_t pid, char *name, size_t size) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/%d/exe", pid);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    const char *slash = strrchr(path, '/');
    snprintf(name, size, "%.*s", (int)size - 1, slash != NULL ? slash + 1 : path);
}

/// "ld-linux-x86-64.so.2 program": the loader itself is static, and loads the library all the same.
static bool is_loader(int32_t pid) {
    char name[64];
    read_name(pid, name, sizeof name);
    return strncmp(name, "ld-linux", 8) == 0 || strncmp(name, "ld-2.", 5) == 0 || strcmp(name, "ld.so") == 0;
}

const char *preload_obstacle(int32_t pid) {
    struct program_file file;
    if (!open_file(pid, &file)) return NULL;
    char loader[256];
    read_loader(&file, loader, sizeof loader);
    struct stat status;
    bool is_known = fstat(file.descriptor, &status) == 0;
    close(file.descriptor);
    if (file.header.e_ident[EI_CLASS] == ELFCLASS32) return "is a 32-bit program";
    if (loader[0] == 0 && !is_loader(pid)) return "is a static program";
    if (strstr(loader, "ld-musl") != NULL) return "is built for musl, and the clock's library is for glibc";
    // execve(2): rights change for a program of root's only when somebody else starts it.
    if (is_known && (status.st_mode & S_ISUID) != 0 && status.st_uid != getuid()) return "is set-uid";
    if (is_known && (status.st_mode & S_ISGID) != 0 && status.st_gid != getgid()) return "is set-gid";
    return NULL;
}

/// Go's linker leaves a note of type 4 under the name "Go" in what it makes (cmd/internal/buildid).
static bool holds_go_note(const char *bytes, size_t length) {
    size_t place = 0;
    while (place + sizeof(Elf64_Nhdr) <= length) {
        Elf64_Nhdr note;
        memcpy(&note, bytes + place, sizeof note);
        place += sizeof note;
        size_t name = ((size_t)note.n_namesz + 3) & ~(size_t)3;
        size_t content = ((size_t)note.n_descsz + 3) & ~(size_t)3;
        if (name > length - place || content > length - place - name) return false;
        if (note.n_type == 4 && name >= 4 && memcmp(bytes + place, "Go\0", 3) == 0) return true;
        place += name + content;
    }
    return false;
}

static bool is_go(const struct program_file *file) {
    for (size_t i = 0; i < file->segment_count; i++) {
        if (file->segments[i].p_type != PT_NOTE) continue;
        char bytes[most_note_bytes];
        size_t wanted = file->segments[i].p_filesz < sizeof bytes ? file->segments[i].p_filesz : sizeof bytes;
        ssize_t length = pread(file->descriptor, bytes, wanted, (off_t)file->segments[i].p_offset);
        if (length > 0 && holds_go_note(bytes, (size_t)length)) return true;
    }
    return false;
}

const char *preload_bypass(int32_t pid) {
    char name[64];
    read_name(pid, name, sizeof name);
    if (strncmp(name, "php", 3) == 0) return "loads extensions that are bound to libc past the clock's library (PHP)";
    struct program_file file;
    if (!open_file(pid, &file)) return NULL;
    bool is_bypass = is_go(&file);
    close(file.descriptor);
    return is_bypass ? "is a Go program, whose runtime asks the kernel past libc" : NULL;
}

bool preload_is_java(int32_t pid) {
    char name[64];
    read_name(pid, name, sizeof name);
    return strcmp(name, "java") == 0;
}
