/*
 * The guest's end of the file server: carries FUSE messages from standard input to standard output, and those that
 * answer no request to descriptor 3. It knows nothing of a message but its first words, length and id.
 *
 * Started by system-calls.py three times, since neither direction may wait for the other: from the kernel to the host,
 * from the host to the kernel, and once more for the host's notifications. For those the kernel takes a folder's lock,
 * which is held while a change in that folder waits for the person's answer.
 *
 * Compiled in the guest by tcc, without headers and without a C library's start; the types hold on 64-bit Linux.
 */
typedef unsigned int u32;
typedef unsigned long u64;

long read(int fd, void *buffer, u64 count);
long write(int fd, const void *buffer, u64 count);
int *__errno_location(void);
void _exit(int code);

enum {
    /* `max_write` of the server, and a page for the headers */
    LARGEST = (1 << 20) + 4096,
    HEADER = 16,
    ENOENT = 2,
    EINTR = 4,
    EAGAIN = 11,
    EINVAL = 22
};

static char buffer[2 * LARGEST];

/* The kernel takes a message whole; a stream may take it in parts. */
static void put(int fd, const char *from, u64 count)
{
    while (count > 0) {
        long done = write(fd, from, count);
        int error = *__errno_location();
        if (done > 0) {
            from += done;
            count -= done;
        } else if (done < 0 && (error == ENOENT || error == EINVAL)) {
            /* An answer to a request that was taken back, or a notification of what the kernel does not know. */
            return;
        } else if (error != EINTR) {
            _exit(0);
        }
    }
}

/* Sends on what is whole, and tells how much that was. */
static u64 put_whole(u64 held)
{
    u64 done = 0;
    while (held - done >= HEADER) {
        char *message = buffer + done;
        u64 length = *(u32 *)message;
        if (length < HEADER || length > LARGEST)
            _exit(1);
        if (held - done < length)
            break;
        put(*(u64 *)(message + 8) == 0 ? 3 : 1, message, length);
        done += length;
    }
    return done;
}

void _start(void)
{
    u64 held = 0;
    for (;;) {
        long count = read(0, buffer + held, LARGEST);
        int error = *__errno_location();
        u64 done, at;
        /* Nothing was read: a request was taken back, or we were woken. */
        if (count < 0 && (error == ENOENT || error == EINTR || error == EAGAIN))
            continue;
        if (count <= 0)
            _exit(0);
        held += count;
        done = put_whole(held);
        held -= done;
        /* A port gives a page at a time: a long message is not to be moved onto itself for each. */
        for (at = 0; done > 0 && at < held; at++)
            buffer[at] = buffer[done + at];
    }
}
