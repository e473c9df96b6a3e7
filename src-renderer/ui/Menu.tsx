/** Menus and popovers: Radix behaviour, our look. Never modal, so that the wheel and the keys of the screen live on. */
import { Check } from 'lucide-react';
import { ContextMenu as RadixContext, Popover as RadixPopover } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './Kbd';
import './Menu.css';

interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly isDisabled?: boolean;
  /** For choices that are on or off; absent for acts. */
  readonly isChecked?: boolean;
  readonly onSelect: () => void;
}

/** Items in groups, parted by hairlines. */
export type MenuItems = readonly (readonly MenuItem[])[];

interface MenuProps {
  readonly items: MenuItems;
  /** One element that takes a ref. */
  readonly children: ReactElement;
}

/** A menu at the pointer, by the right button or the menu key. */
export function ContextMenu({ items, children }: MenuProps) {
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild disabled={items.length === 0}>
        {children}
      </RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className="ui-menu" collisionPadding={8}>
          {items.map((group, index) => (
            <RadixContext.Group key={index} className="ui-menu-group">
              {group.map((item) => (
                <MenuEntry key={item.id} item={item} />
              ))}
            </RadixContext.Group>
          ))}
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}

function MenuEntry({ item }: { readonly item: MenuItem }) {
  const shared = { className: 'ui-menu-item', disabled: item.isDisabled === true };
  if (item.isChecked === undefined) {
    return (
      <RadixContext.Item {...shared} onSelect={item.onSelect}>
        <MenuRow item={item} />
      </RadixContext.Item>
    );
  }
  // Stays open: choices are made in rows.
  const choose = (event: Event) => {
    event.preventDefault();
    item.onSelect();
  };
  return (
    <RadixContext.CheckboxItem {...shared} checked={item.isChecked} onSelect={choose}>
      <span className="ui-menu-check">{item.isChecked && <Check size={14} strokeWidth={2} />}</span>
      <MenuRow item={item} />
    </RadixContext.CheckboxItem>
  );
}

function MenuRow({ item }: { readonly item: MenuItem }) {
  return (
    <>
      <span className="ui-menu-label">{item.label}</span>
      {item.keys !== undefined && <Kbd keys={item.keys} />}
    </>
  );
}

export interface PopoverProps {
  /** One element that takes a ref. */
  readonly trigger: ReactElement;
  readonly label: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly align?: 'start' | 'center' | 'end';
  /** Held open or closed by the owner; absent: by its trigger alone. */
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** A small panel that opens from its trigger and closes by Escape or a click elsewhere. */
export function Popover({ trigger, label, side = 'bottom', align = 'start', children, ...held }: PopoverProps) {
  const { isOpen, onOpenChange } = held;
  return (
    <RadixPopover.Root {...(isOpen !== undefined && { open: isOpen })} {...(onOpenChange && { onOpenChange })}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          className="ui-popover"
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}

/** Around a button of a popover that ends the choice. */
export function PopoverChoice({ children }: { readonly children: ReactElement }) {
  return <RadixPopover.Close asChild>{children}</RadixPopover.Close>;
}
