// SPDX-License-Identifier: Apache-2.0
#include "kata/core/module.h"

#include <dlfcn.h>

#include <string>

#include "kata/core/error.h"

namespace kata {

void* load_module(const std::filesystem::path& built, const char* entry) {
  void* module = ::dlopen(built.filename().c_str(), RTLD_NOW | RTLD_LOCAL);
  std::string reason = module == nullptr ? ::dlerror() : "";
  std::error_code ignored;
  if (module == nullptr && std::filesystem::exists(built, ignored)) {
    module = ::dlopen(built.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr) reason = ::dlerror();
  }
  if (module == nullptr) throw Error(ErrorCode::kUnsupported, reason);
  if (void* function = ::dlsym(module, entry)) return function;
  throw Error(ErrorCode::kUnsupported,
              built.filename().string() + " has no " + entry + ", it is of another version");
}

}  // namespace kata
