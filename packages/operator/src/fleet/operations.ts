// SPDX-License-Identifier: MIT
import type { FleetOperation } from "./operation.ts";
import { readAccount } from "./operations/account/read-account.ts";
import { createAddress } from "./operations/addresses/create-address.ts";
import { listAddresses } from "./operations/addresses/list-addresses.ts";
import { readAddress } from "./operations/addresses/read-address.ts";
import { updateAddress } from "./operations/addresses/update-address.ts";
import { createContact } from "./operations/contacts/create-contact.ts";
import { listContacts } from "./operations/contacts/list-contacts.ts";
import { removeContact } from "./operations/contacts/remove-contact.ts";
import { updateContact } from "./operations/contacts/update-contact.ts";
import { createCustomer } from "./operations/managed/create-customer.ts";
import { listAccounts } from "./operations/managed/list-accounts.ts";
import { readTree } from "./operations/managed/read-tree.ts";
import { listProducts } from "./operations/products/list-products.ts";
import { readRouter } from "./operations/routers/read-router.ts";
import { rebootRouter } from "./operations/routers/reboot-router.ts";
import { addTerminalToLine } from "./operations/service-lines/add-terminal.ts";
import { createLine } from "./operations/service-lines/create-line.ts";
import { endLine } from "./operations/service-lines/end-line.ts";
import { listLines } from "./operations/service-lines/list-lines.ts";
import { readLine } from "./operations/service-lines/read-line.ts";
import { removeTerminalFromLine } from "./operations/service-lines/remove-terminal.ts";
import { updateNickname } from "./operations/service-lines/update-nickname.ts";
import { updateProduct } from "./operations/service-lines/update-product.ts";
import { updatePublicIp } from "./operations/service-lines/update-public-ip.ts";
import { addTerminal } from "./operations/user-terminals/add-terminal.ts";
import { listTerminals } from "./operations/user-terminals/list-terminals.ts";
import { rebootTerminal } from "./operations/user-terminals/reboot-terminal.ts";
import { removeTerminal } from "./operations/user-terminals/remove-terminal.ts";
import { useOperations } from "./use-operations.ts";

/** Every operation of the operator API V2, in the order in which the document lists them. */
export const fleetOperations: readonly FleetOperation[] = [
  readAccount,
  listProducts,
  listAddresses,
  createAddress,
  readAddress,
  updateAddress,
  listLines,
  createLine,
  readLine,
  endLine,
  updateNickname,
  updateProduct,
  updatePublicIp,
  addTerminalToLine,
  removeTerminalFromLine,
  listTerminals,
  addTerminal,
  removeTerminal,
  rebootTerminal,
  readRouter,
  rebootRouter,
  listContacts,
  createContact,
  updateContact,
  removeContact,
  createCustomer,
  readTree,
  listAccounts,
  ...useOperations,
];
