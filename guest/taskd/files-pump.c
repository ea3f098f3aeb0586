/*
 * The guest's end of the file server: carries FUSE messages between the host's port and /dev/fuse. Notifications,
 * which answer no request, go to a pipe. It reads only a message's length and id.
 *
 * One thread for both directions: under emulation each change of the address space costs as much as the work itself.
 * It never waits for one side while the other could continue, so the port must not block. It doesn't pass the host's
 * notifications to the kernel itself: they need a folder's lock, which the kernel holds while a change in that folder
 * waits for the person's answer. system-calls.py passes them on, at the other end of the pipe.
 *
 * Compiled in the guest by tcc, without headers and without a C library's startup code; the types fit 64-bit Linux.
 */
typedef unsigned int u32;
typedef unsigned long u64;

struct pollfd {
    int fd;
    short events, revents;
};

long read(int fd, void *buffer, u64 count);
long write(int fd, const void *buffer, u64 count);
int poll(struct pollfd *watched, u64 count, int timeout);
void *memmove(void *to, const void *from, u64 count);
int *__errno_location(void);
void _exit(int code);

enum {
    PORT = 0,
    FUSE = 1,
    NOTIFICATIONS = 3,
    /* Sends a byte when the files are mounted; before that, /dev/fuse can be opened but not read */
    MOUNTED = 4,
    /* `max_write` of the server, and a page for the headers */
    LARGEST = (1 << 20) + 4096,
    HEADER = 16,
    POLLIN = 1,
    POLLOUT = 4,
    ENOENT = 2,
    EINTR = 4,
    EAGAIN = 11,
    EINVAL = 22
};

/* Incomplete bytes from the port, and the request that the port hasn't fully accepted. */
static char incoming[2 * LARGEST], outgoing[LARGEST];
static u64 held, length, sent;

/* Exits when either side has ended; returns 0 when the read or write only needs another try. */
static u64 checked(long count, int end)
{
    int error = *__errno_location();
    if (count > 0)
        return count;
    if (count == end || (error != EAGAIN && error != EINTR && error != ENOENT))
        _exit(0);
    return 0;
}

/* The kernel accepts only complete messages; the pipe may accept parts. */
static void put(int fd, const char *from, u64 count)
{
    while (count > 0) {
        long done = write(fd, from, count);
        int error = *__errno_location();
        if (done > 0) {
            from += done;
            count -= done;
        } else if (done < 0 && (error == ENOENT || error == EINVAL)) {
            /* An answer to a request that was cancelled. */
            return;
        } else if (error != EINTR) {
            _exit(0);
        }
    }
}

static void take_from_port(void)
{
    u64 done = 0;
    held += checked(read(PORT, incoming + held, LARGEST), 0);
    while (held - done >= HEADER) {
        char *message = incoming + done;
        u64 size = *(u32 *)message;
        if (size < HEADER || size > LARGEST)
            _exit(1);
        if (held - done < size)
            break;
        put(*(u64 *)(message + 8) == 0 ? NOTIFICATIONS : FUSE, message, size);
        done += size;
    }
    held -= done;
    /* A port gives one page at a time: don't move a long message onto itself for each page. */
    if (done > 0 && held > 0)
        memmove(incoming, incoming + done, held);
}

static void put_to_port(void)
{
    while (sent < length) {
        u64 done = checked(write(PORT, outgoing + sent, length - sent), 0);
        if (done == 0)
            return;
        sent += done;
    }
    length = sent = 0;
}

static void take_from_kernel(void)
{
    length = checked(read(FUSE, outgoing, LARGEST), 0);
    put_to_port();
}

void _start(void)
{
    struct pollfd watched[2], *port = watched, *kernel = watched + 1;
    char byte;
    if (read(MOUNTED, &byte, 1) != 1)
        _exit(0);
    for (;;) {
        port->fd = PORT;
        port->events = length > 0 ? POLLIN | POLLOUT : POLLIN;
        /* One request after the other: read no new one until the port has accepted the last. */
        kernel->fd = length > 0 ? -1 : FUSE;
        kernel->events = POLLIN;
        if (checked(poll(watched, 2, -1), 0) == 0)
            continue;
        if (port->revents & POLLIN)
            take_from_port();
        else if (port->revents & ~POLLOUT)
            _exit(0);
        if (port->revents & POLLOUT)
            put_to_port();
        if (kernel->revents & POLLIN)
            take_from_kernel();
        else if (kernel->revents)
            _exit(0);
    }
}
