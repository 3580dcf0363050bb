// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kata/store/database.h"

namespace kata {

/// The file of sittings: "KPRG" at byte 68, and the steps of its schema.
const FileKind& progress_kind();

}  // namespace kata
