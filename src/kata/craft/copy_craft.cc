// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/copy_craft.h"

#include <SQLiteCpp/Backup.h>

#include "kata/craft/database.h"

namespace kata {

void copy_craft(const std::filesystem::path& from, const std::filesystem::path& to) {
  translated(from, [&] {
    SQLite::Database source = open_untrusted(from, SQLite::OPEN_READWRITE);
    SQLite::Database copy = open_untrusted(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Backup backup(copy, source);
    backup.executeStep(-1);  // all pages in one transaction
    fold_into_one_file(copy);
  });
}

}  // namespace kata
