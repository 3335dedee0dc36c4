/* A disk that takes its time: fsync and fdatasync sleep before they do their work.

   SLOW_SYNC_MS says how long, as "60 300": at least and at most, in milliseconds. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void doze(void)
{
    static unsigned state;
    unsigned least = 0, most = 0;
    struct timespec nap;
    const char *said = getenv("SLOW_SYNC_MS");
    if (!said || sscanf(said, "%u %u", &least, &most) != 2 || most < least)
        return;
    if (!state)
        state = (unsigned)getpid();
    least += (unsigned)rand_r(&state) % (most - least + 1);
    nap.tv_sec = least / 1000;
    nap.tv_nsec = (long)(least % 1000) * 1000000;
    nanosleep(&nap, NULL);
}

#define SYNC(name)                                        \
    int name(int file)                                    \
    {                                                     \
        static int (*real)(int);                          \
        if (!real)                                        \
            real = (int (*)(int))dlsym(RTLD_NEXT, #name); \
        doze();                                           \
        return real(file);                                \
    }
SYNC(fsync)
SYNC(fdatasync)
