/* A disk that fails: preloaded, it lets chosen writes, syncs and new names in one folder fail, or kills the process.
 *
 * gcc -shared -fPIC -o failing_disk.so failing_disk.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, NAME = 4 };

static char folder[4096];
static int kinds, error;
static long from, to;

/* What is said when the first one fails. */
static const char told[] = "The disk fails\n";

/* How many effects there were. */
long effects;

/* Let the effects in `where` numbered from `number` on fail, so many `times`, with `code` as errno; 0 kills. */
void arm(const char *where, int of, long number, long times, int code) {
    snprintf(folder, sizeof folder, "%s", where);
    kinds = of;
    from = number;
    to = number + times;
    error = code;
    effects = 0;
}

static int fails_at(int kind, const char *path) {
    if (!folder[0] || !(kinds & kind) || strncmp(path, folder, strlen(folder)))
        return 0;
    effects++;
    if (effects < from || effects >= to)
        return 0;
    if (!error)
        kill(getpid(), SIGKILL);
    if (effects == from)
        syscall(SYS_write, STDERR_FILENO, told, sizeof told - 1);
    errno = error;
    return 1;
}

static int fails(int kind, int file) {
    char link[64], path[4096];
    if (!folder[0])
        return 0;
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = before;
    if (length < 0)
        return 0;
    path[length] = 0;
    return fails_at(kind, path);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *bytes, size_t count) {
    if (!fails(WRITE, file))
        return NEXT(write)(file, bytes, count);
    if (error == ENOSPC && effects == from && count > 1) /* a disk fills up in the middle of a write */
        return NEXT(write)(file, bytes, count / 2);
    return -1;
}

static ssize_t write_at(int file, const void *bytes, size_t count, off_t offset) {
    if (!fails(WRITE, file))
        return NEXT(pwrite64)(file, bytes, count, offset);
    if (error == ENOSPC && effects == from && count > 1)
        return NEXT(pwrite64)(file, bytes, count / 2, offset);
    return -1;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) { return write_at(file, bytes, count, offset); }

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    return write_at(file, bytes, count, offset);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    return fails(WRITE, file) ? -1 : NEXT(writev)(file, parts, count);
}

int ftruncate(int file, off_t length) { return fails(WRITE, file) ? -1 : NEXT(ftruncate)(file, length); }

int ftruncate64(int file, off64_t length) { return fails(WRITE, file) ? -1 : NEXT(ftruncate64)(file, length); }

int fsync(int file) { return fails(SYNC, file) ? -1 : NEXT(fsync)(file); }

int fdatasync(int file) { return fails(SYNC, file) ? -1 : NEXT(fdatasync)(file); }

int rename(const char *old, const char *new) { return fails_at(NAME, new) ? -1 : NEXT(rename)(old, new); }

#define OPEN(name)                                                                                                     \
    int name(const char *path, int flags, ...) {                                                                       \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;                                      \
        va_end(rest);                                                                                                  \
        return flags & O_CREAT && fails_at(NAME, path) ? -1 : NEXT(name)(path, flags, mode);                           \
    }

OPEN(open)
OPEN(open64)
