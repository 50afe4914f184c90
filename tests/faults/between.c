/* Stands between one process and the system, for the files in one folder: counts what is done to them, writes it
 * down in order, and at the step it was told to makes something go wrong. Loaded with LD_PRELOAD; everything else
 * passes untouched. See between.py. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum action { NOTHING, KILL_BEFORE, KILL_HALFWAY, STOP, FAIL_ONCE, FAIL_ON, FULL, FAIL_READ };
enum event { WRITE = 1, TRUNCATE, SYNC, CREATE, RENAME, LINK, UNLINK, SYNC_FOLDER, MAKE_FOLDER, MARK };

static char folder[4096];
static size_t folder_length;
static int action, failure, log_file = -1;
static long at, steps, reads;
static char ours[65536];

void between_watch(const char *path, int log) {
    strncpy(folder, path, sizeof folder - 1);
    folder_length = strlen(folder);
    log_file = log;
    action = NOTHING;
    steps = reads = 0;
}

void between_fault(int what, long when, int with) { action = what, at = when, failure = with; }
long between_steps(void) { return steps; }
long between_reads(void) { return reads; }

static int within(const char *path) {
    return folder_length && path && !strncmp(path, folder, folder_length)
           && (path[folder_length] == '/' || !path[folder_length]);
}

static int mine(int fd) { return fd >= 0 && fd < (int)sizeof ours && ours[fd]; }

static void tell(int event, int64_t file, int64_t offset, int64_t size, const char *name, const char *other,
                 const void *data) {
    if (log_file < 0) return;
    int64_t head[6] = {event, file, offset, size, name ? strlen(name) : 0, other ? strlen(other) : 0};
    syscall(SYS_write, log_file, head, sizeof head);
    if (name) syscall(SYS_write, log_file, name, head[4]);
    if (other) syscall(SYS_write, log_file, other, head[5]);
    if (data) syscall(SYS_write, log_file, data, size);
}

void between_mark(long number) { tell(MARK, 0, number, 0, 0, 0, 0); }

static void die(void) { syscall(SYS_kill, syscall(SYS_getpid), SIGKILL); }

/* Whether the step is to fail (errno is set then). Being killed or stopped happens here too. */
static int fails(int grows) {
    steps++;
    if (action == KILL_BEFORE && steps == at) die();
    if (action == STOP && steps == at) syscall(SYS_kill, syscall(SYS_getpid), SIGSTOP);
    int now = (action == FAIL_ONCE && steps == at) || (action == FAIL_ON && steps >= at)
              || (action == FULL && grows && steps >= at);
    if (now) errno = failure;
    return now;
}

static void done(void) {
    if (action == KILL_HALFWAY && steps == at) die();
}

static int64_t number_of(int fd, int64_t *size) {
    struct stat state;
    if (fstat(fd, &state)) return 0;
    if (size) *size = state.st_size;
    return state.st_ino;
}

static ssize_t writes(int fd, const void *data, size_t size, off_t offset) {
    int64_t length = 0, file = number_of(fd, &length);
    if (fails((int64_t)(offset + size) > length)) return -1;
    if (action == KILL_HALFWAY && steps == at) {
        syscall(SYS_pwrite64, fd, data, size / 2, offset);
        die();
    }
    ssize_t written = syscall(SYS_pwrite64, fd, data, size, offset);
    if (written > 0) tell(WRITE, file, offset, written, 0, 0, data);
    return written;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t offset) {
    return mine(fd) ? writes(fd, data, size, offset) : syscall(SYS_pwrite64, fd, data, size, offset);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return pwrite64(fd, data, size, offset); }

ssize_t write(int fd, const void *data, size_t size) {
    if (!mine(fd)) return syscall(SYS_write, fd, data, size);
    ssize_t written = writes(fd, data, size, lseek(fd, 0, SEEK_CUR));
    if (written > 0) lseek(fd, written, SEEK_CUR);
    return written;
}

ssize_t pread64(int fd, void *data, size_t size, off_t offset) {
    if (mine(fd) && ++reads == at && action == FAIL_READ) {
        errno = failure;
        return -1;
    }
    return syscall(SYS_pread64, fd, data, size, offset);
}
ssize_t pread(int fd, void *data, size_t size, off_t offset) { return pread64(fd, data, size, offset); }

int ftruncate64(int fd, off_t size) {
    if (!mine(fd)) return syscall(SYS_ftruncate, fd, size);
    if (fails(0)) return -1;
    int result = syscall(SYS_ftruncate, fd, size);
    if (!result) tell(TRUNCATE, number_of(fd, 0), size, 0, 0, 0, 0);
    done();
    return result;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int syncs(int fd, long call) {
    struct stat state;
    char link[64] = "/proc/self/fd/", name[4096];
    if (!mine(fd)) return syscall(call, fd);
    if (fails(0)) return -1;
    fstat(fd, &state);
    if (S_ISDIR(state.st_mode)) {
        char *end = link + strlen(link), digits[12];
        int place = 0, rest = fd;
        do digits[place++] = '0' + rest % 10; while (rest /= 10);
        while (place) *end++ = digits[--place];
        *end = 0;
        ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, name, sizeof name - 1);
        name[length > 0 ? length : 0] = 0;
        tell(SYNC_FOLDER, 0, 0, 0, name, 0, 0);
    } else {
        tell(SYNC, state.st_ino, 0, 0, 0, 0, 0);
    }
    done();
    return 0; /* what the disk really does is of no matter: power is cut on paper */
}
int fsync(int fd) { return syncs(fd, SYS_fsync); }
int fdatasync(int fd) { return syncs(fd, SYS_fdatasync); }

static int opens(int at_folder, const char *path, int flags, mode_t mode) {
    int makes = 0;
    if (within(path) && (flags & O_CREAT)) {
        struct stat state;
        makes = stat(path, &state) != 0;
        if (makes && fails(1)) return -1;
    }
    int fd = syscall(SYS_openat, at_folder, path, flags, mode);
    if (fd >= 0 && fd < (int)sizeof ours) ours[fd] = within(path);
    if (fd >= 0 && makes) {
        tell(CREATE, number_of(fd, 0), 0, 0, path, 0, 0);
        done();
    } else if (fd >= 0 && within(path) && (flags & O_TRUNC)) {
        tell(TRUNCATE, number_of(fd, 0), 0, 0, 0, 0, 0);
    }
    return fd;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, int); \
        va_end(rest); \
    }

int open64(const char *path, int flags, ...) { MODE(flags) return opens(AT_FDCWD, path, flags, mode); }
int open(const char *path, int flags, ...) { MODE(flags) return opens(AT_FDCWD, path, flags, mode); }
int openat64(int base, const char *path, int flags, ...) { MODE(flags) return opens(base, path, flags, mode); }
int openat(int base, const char *path, int flags, ...) { MODE(flags) return opens(base, path, flags, mode); }

int close(int fd) {
    if (mine(fd)) ours[fd] = 0;
    return syscall(SYS_close, fd);
}

/* The real call behind a change of a name, unless it is to fail; told when it worked. */
#define NAMES(watched, grows, event, file, name, other, call) \
    if (!(watched)) return call; \
    if (fails(grows)) return -1; \
    int64_t number = (file); \
    int result = call; \
    if (!result) tell(event, number, 0, 0, name, other, 0); \
    done(); \
    return result

static int64_t number_at(const char *path) {
    struct stat state;
    return stat(path, &state) ? 0 : (int64_t)state.st_ino;
}

int rename(const char *from, const char *to) {
    NAMES(within(from), 0, RENAME, number_at(from), from, to, syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int link(const char *from, const char *to) {
    NAMES(within(to), 1, LINK, number_at(from), from, to, syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int unlink(const char *path) {
    NAMES(within(path) && number_at(path), 0, UNLINK, number_at(path), path, 0,
          syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}
int mkdir(const char *path, mode_t mode) {
    NAMES(within(path), 1, MAKE_FOLDER, 0, path, 0, syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}
