/* SPDX-License-Identifier: Apache-2.0 */
/* What wasi-libc lacks of POSIX, as the page's build needs it: included before every file there. */
#ifndef KATA_PAGE_WASI_GAPS_H_
#define KATA_PAGE_WASI_GAPS_H_

#include <errno.h>
#include <sys/types.h>

/* libc++ copies by reading and writing then. */
static inline ssize_t copy_file_range(int from, off_t* from_at, int to, off_t* to_at, size_t count,
                                      unsigned flags) {
  (void)from, (void)from_at, (void)to, (void)to_at, (void)count, (void)flags;
  errno = ENOSYS;
  return -1;
}

#endif
