/* Makes every sync of a file slow, as a busy disk does.

   Loaded in front of the C library, which the program and its database sync through.
   SLOW_SYNC_MS says how long one takes at least. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static int slowly(const char *name, int file)
{
    const char *told = getenv("SLOW_SYNC_MS");
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    if (told)
        usleep((useconds_t)atoi(told) * 1000);
    return real(file);
}

int fsync(int file) { return slowly("fsync", file); }

int fdatasync(int file) { return slowly("fdatasync", file); }
