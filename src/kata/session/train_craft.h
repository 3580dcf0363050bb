// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "kata/core/progress.h"
#include "kata/craft/craft.h"
#include "kata/learn/judge.h"

namespace kata {

/// Learns a craft from its stored repetitions and stores the judge in it, in one step at the end.
Trained train_craft(const std::filesystem::path& craft_path, const TrainOptions& options = {},
                    const Progress& progress = {}, std::stop_token stop = {});

/// The judge of a craft. Throws Error{kNotFound} when it was not trained yet.
std::shared_ptr<const Judge> load_judge(const std::filesystem::path& craft_path);

/// Craft::rename_movement() and merge_movements(), and the judge and its report get the new name as
/// well where that is the whole change: what knew both movements must be trained again
/// (Craft::is_stale()).
void rename_movement(Craft& craft, const std::string& from, const std::string& to);
void merge_movements(Craft& craft, const std::string& from, const std::string& into);

}  // namespace kata
