// SPDX-License-Identifier: Apache-2.0
#include "kata/session/publish_page.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>

#include "kata/core/error.h"
#include "kata/craft/copy_craft.h"
#include "kata/craft/craft.h"
#include "kata/craft/sha256.h"
#include "kata/session/craft_folder.h"
#include "kata/session/preview.h"

namespace kata {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kSite = "site.json";
constexpr const char* kCrafts = "crafts";
constexpr const char* kServiceWorker = "sw.js";

Error io_error(const fs::path& folder, const std::string& why) {
  return {ErrorCode::kIo, "the page cannot be written (" + why + "): " + folder.string()};
}

/// A folder beside the wanted one, which takes its name when it is whole and goes when it is not.
class UnfinishedFolder {
 public:
  explicit UnfinishedFolder(const fs::path& wanted)
      : wanted_(fs::absolute(wanted).lexically_normal()) {
    if (!wanted_.has_filename()) wanted_ = wanted_.parent_path();
    path_ = wanted_.parent_path() / ("." + wanted_.filename().string() + ".part");
    std::error_code error;
    fs::remove_all(path_, error);
    fs::create_directories(path_, error);
    if (error) throw io_error(wanted_, error.message());
  }
  ~UnfinishedFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  UnfinishedFolder(const UnfinishedFolder&) = delete;
  UnfinishedFolder& operator=(const UnfinishedFolder&) = delete;

  const fs::path& path() const { return path_; }

  void finish() {
    std::error_code error;
    fs::remove_all(wanted_, error);
    if (!error) fs::rename(path_, wanted_, error);
    if (error) throw io_error(wanted_, error.message());
  }

 private:
  fs::path wanted_;
  fs::path path_;
};

void check_may_be_replaced(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error) || fs::exists(folder / kSite, error)) return;
  if (fs::is_directory(folder, error) && fs::is_empty(folder, error)) return;
  throw Error(ErrorCode::kInvalidArgument,
              "the folder holds something else than a page; name a new one: " + folder.string());
}

std::string text_in(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

json read_site(const fs::path& page) {
  json site = json::parse(text_in(page / kSite), nullptr, false);
  if (!site.is_object()) {
    throw Error(ErrorCode::kNotFound,
                "the page was not built with this program; run ./dev page: " + page.string());
  }
  return site;
}

void write_text(const fs::path& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  if (!file.flush()) throw io_error(path.parent_path(), "is the disk full?");
}

/// A right repetition of the movement as a small video, while there are repetitions.
void add_preview(Craft& craft, const std::string& movement) {
  const std::vector<RepetitionSummary> all = craft.summaries();
  const auto right = std::ranges::find_if(all, [&](const RepetitionSummary& each) {
    return each.movement == movement && each.label == Label::kCorrect;
  });
  if (right == all.end()) return;
  craft.set_preview(movement, preview_of(craft.repetition(right->id).frames));
}

void leave_what_learners_need(const fs::path& path) {
  Craft craft = Craft::open(path);
  for (const MovementSummary& movement : craft.movements()) {
    if (!movement.has_preview) add_preview(craft, movement.name);
  }
  craft.forget_takes();
}

/// The craft's file in the page; its name.
std::string add_craft(const PublishOptions& options, const fs::path& page) {
  std::string title;
  {
    const Craft craft = Craft::open(options.craft, Craft::Access::kRead);
    if (!craft.classifier()) {
      throw Error(ErrorCode::kInvalidArgument,
                  "the craft has not been trained yet; run: kata train " + options.craft.string());
    }
    title = craft.title().name;
  }
  const fs::path path = CraftFolder(page / kCrafts).free_path(title);
  copy_craft(options.craft, path);
  if (!options.with_takes) leave_what_learners_need(path);
  return path.filename().string();
}

/// The first page of a published craft leads to the learner's.
std::string first_page(const std::string& craft) {
  const std::string address = "learn/?craft=" + CraftFolder::id_of(craft);
  return "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Kata</title>\n"
         "<meta http-equiv=\"refresh\" content=\"0; url=" +
         address + "\">\n<p><a href=\"" + address + "\">Kata</a></p>\n</html>\n";
}

/// Whoever has the page already gets this craft by the new name of the release, which the service
/// worker and the site's list agree on.
void name_release(json& site, const fs::path& page, const std::string& craft) {
  const std::string before = site.at("release");
  Sha256 hash;
  hash.add(before);
  hash.add(text_in(page / kCrafts / craft));
  const std::string release = hash.finish().substr(0, before.size());
  std::string worker = text_in(page / kServiceWorker);
  if (const auto at = worker.find(before); at != std::string::npos)
    worker.replace(at, before.size(), release);
  write_text(page / kServiceWorker, worker);
  site["release"] = release;
}

}  // namespace

void publish_page(const PublishOptions& options, const fs::path& folder) {
  check_may_be_replaced(folder);
  json site = read_site(options.page);
  UnfinishedFolder unfinished(folder);
  std::error_code error;
  fs::copy(options.page, unfinished.path(), fs::copy_options::recursive, error);
  if (error) throw io_error(folder, error.message());
  if (!options.craft.empty()) {
    const std::string name = add_craft(options, unfinished.path());
    site["read_only"] = true;
    site["crafts"] = {name};
    site["files"].push_back("crafts/" + name);
    write_text(unfinished.path() / "index.html", first_page(name));
    name_release(site, unfinished.path(), name);
  }
  write_text(unfinished.path() / kSite, site.dump(1) + "\n");
  unfinished.finish();
}

}  // namespace kata
