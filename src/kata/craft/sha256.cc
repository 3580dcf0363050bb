// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/sha256.h"

#include <openssl/evp.h>

#include <array>

#include "kata/core/error.h"

namespace kata {

struct Sha256::Impl {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};

  static void check(int result) { KATA_CHECK(result == 1, "the hash is built into the library"); }
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {
  Impl::check(EVP_DigestInit_ex(impl_->context.get(), EVP_sha256(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  Impl::check(EVP_DigestUpdate(impl_->context.get(), bytes.data(), bytes.size()));
}

std::string Sha256::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned length = 0;
  Impl::check(EVP_DigestFinal_ex(impl_->context.get(), hash.data(), &length));
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += kDigits[hash[i] >> 4U];
    text += kDigits[hash[i] & 0xFU];
  }
  return text;
}

}  // namespace kata
