/* Kills its process at a chosen write below a chosen folder, and tells it the time.

   Loaded in front of the C library, which the program and its database write through. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long deadly, tears, made;
static time_t moment;

/* From now on writes below `where` are counted. The process dies instead of making number `nth`
   (0: it lives), or having made half of it if `torn`. `now`: what every clock says, in seconds. */
void killing_arm(const char *where, long nth, int torn, long long now)
{
    snprintf(folder, sizeof folder, "%s/", where);
    deadly = nth;
    tears = torn;
    made = 0;
    moment = (time_t)now;
}

long killing_count(void) { return made; }

static void die(void)
{
    kill(getpid(), SIGKILL);
    pause();
}

/* Counts a write to `path`; whether half of it is to be made before the process dies. */
static int counted(const char *path, size_t size)
{
    if (!folder[0] || strncmp(path, folder, strlen(folder)) != 0)
        return 0;
    made++;
    if (made != deadly)
        return 0;
    if (!tears || size < 2)
        die();
    return 1;
}

static int counted_at(int directory, const char *path)
{
    char whole[PATH_MAX], link[64];
    ssize_t length;
    if (!folder[0])
        return 0;
    if (path && path[0] == '/')
        return counted(path, 0);
    if (directory == AT_FDCWD)
        snprintf(link, sizeof link, "/proc/self/cwd");
    else
        snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
    length = readlink(link, whole, sizeof whole - 1);
    if (length < 0)
        return 0;
    whole[length] = 0;
    if (path) {
        strncat(whole, "/", sizeof whole - strlen(whole) - 1);
        strncat(whole, path, sizeof whole - strlen(whole) - 1);
    }
    return counted(whole, 0);
}

static int counted_in(int file, size_t size)
{
    char path[PATH_MAX], link[64];
    ssize_t length;
    if (!folder[0])
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return counted(path, size);
}

#define REAL(type, name, ...)                                     \
    static type (*real)(__VA_ARGS__);                             \
    if (!real)                                                    \
        real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

ssize_t write(int file, const void *data, size_t size)
{
    REAL(ssize_t, write, int, const void *, size_t);
    if (counted_in(file, size)) {
        real(file, data, size / 2);
        die();
    }
    return real(file, data, size);
}

#define PWRITE(name, offset_t)                                              \
    ssize_t name(int file, const void *data, size_t size, offset_t offset)  \
    {                                                                       \
        REAL(ssize_t, name, int, const void *, size_t, offset_t);           \
        if (counted_in(file, size)) {                                       \
            real(file, data, size / 2, offset);                             \
            die();                                                          \
        }                                                                   \
        return real(file, data, size, offset);                              \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define VECTOR(name, parameters, types, arguments) \
    ssize_t name parameters                        \
    {                                              \
        REAL(ssize_t, name, types);                \
        counted_in(file, 0);                       \
        return real arguments;                     \
    }
#define LIST(...) __VA_ARGS__
VECTOR(writev, (int file, const struct iovec *parts, int count),
       LIST(int, const struct iovec *, int), (file, parts, count))
VECTOR(pwritev, (int file, const struct iovec *parts, int count, off_t offset),
       LIST(int, const struct iovec *, int, off_t), (file, parts, count, offset))
VECTOR(sendfile, (int file, int from, off_t *offset, size_t size),
       LIST(int, int, off_t *, size_t), (file, from, offset, size))
VECTOR(sendfile64, (int file, int from, off64_t *offset, size_t size),
       LIST(int, int, off64_t *, size_t), (file, from, offset, size))

#define OF_A_FILE(name, parameters, types, arguments) \
    int name parameters                               \
    {                                                 \
        REAL(int, name, types);                       \
        counted_in(file, 0);                          \
        return real arguments;                        \
    }

/* Counted and not made: what a killed process wrote is kept by the kernel, synced or not. */
int fsync(int file)
{
    counted_in(file, 0);
    return 0;
}

int fdatasync(int file)
{
    counted_in(file, 0);
    return 0;
}

OF_A_FILE(ftruncate, (int file, off_t size), LIST(int, off_t), (file, size))
OF_A_FILE(ftruncate64, (int file, off64_t size), LIST(int, off64_t), (file, size))
OF_A_FILE(fchmod, (int file, mode_t mode), LIST(int, mode_t), (file, mode))
OF_A_FILE(posix_fallocate, (int file, off_t start, off_t size), LIST(int, off_t, off_t),
          (file, start, size))
OF_A_FILE(posix_fallocate64, (int file, off64_t start, off64_t size),
          LIST(int, off64_t, off64_t), (file, start, size))

#define OF_A_NAME(name, directory, path, parameters, types, arguments) \
    int name parameters                                                \
    {                                                                  \
        REAL(int, name, types);                                        \
        counted_at(directory, path);                                   \
        return real arguments;                                         \
    }
OF_A_NAME(unlink, AT_FDCWD, path, (const char *path), LIST(const char *), (path))
OF_A_NAME(unlinkat, at, path, (int at, const char *path, int flags), LIST(int, const char *, int),
          (at, path, flags))
OF_A_NAME(rmdir, AT_FDCWD, path, (const char *path), LIST(const char *), (path))
OF_A_NAME(mkdir, AT_FDCWD, path, (const char *path, mode_t mode), LIST(const char *, mode_t),
          (path, mode))
OF_A_NAME(mkdirat, at, path, (int at, const char *path, mode_t mode),
          LIST(int, const char *, mode_t), (at, path, mode))
OF_A_NAME(rename, AT_FDCWD, to, (const char *from, const char *to),
          LIST(const char *, const char *), (from, to))
OF_A_NAME(renameat, at, to, (int was, const char *from, int at, const char *to),
          LIST(int, const char *, int, const char *), (was, from, at, to))
OF_A_NAME(link, AT_FDCWD, to, (const char *from, const char *to),
          LIST(const char *, const char *), (from, to))
OF_A_NAME(symlink, AT_FDCWD, to, (const char *from, const char *to),
          LIST(const char *, const char *), (from, to))

/* Opening counts where it makes a file or empties one. */
#define OPEN(name)                                          \
    int name(const char *path, int flags, ...)              \
    {                                                       \
        mode_t mode = 0;                                    \
        REAL(int, name, const char *, int, ...);            \
        if (flags & (O_CREAT | O_TRUNC)) {                  \
            va_list more;                                   \
            va_start(more, flags);                          \
            mode = va_arg(more, mode_t);                    \
            va_end(more);                                   \
            if ((flags & O_TRUNC) || access(path, F_OK))    \
                counted_at(AT_FDCWD, path);                 \
        }                                                   \
        return real(path, flags, mode);                     \
    }
OPEN(open)
OPEN(open64)

int clock_gettime(clockid_t clock, struct timespec *told)
{
    int failed;
    REAL(int, clock_gettime, clockid_t, struct timespec *);
    failed = real(clock, told);
    if (!failed && moment && clock == CLOCK_REALTIME) {
        told->tv_sec = moment;
        told->tv_nsec = 0;
    }
    return failed;
}
