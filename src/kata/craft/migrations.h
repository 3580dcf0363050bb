// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kata/store/database.h"

namespace kata {

/// The .kata file: "KATA" at byte 68, and the steps of its schema.
const FileKind& craft_kind();

}  // namespace kata
